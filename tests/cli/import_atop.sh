in=$data/../../fixtures/import
entente import csv --print --map atop "$in/phases.csv" | sed 's/"source":{[^}]*},//; s/"coder":"ATOP 5.1",//'
entente import csv --map atop "$in/phases.csv"
entente replay 1913; entente replay 1984; entente replay 2001
