mkdir folder; bad folder
