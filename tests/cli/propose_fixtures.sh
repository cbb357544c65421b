# What the coder makes of the articles is what fixtures/articles/expected.jsonl says;
# its README tells how that file is made.
cd "$data/../../fixtures/articles" || exit 1
"$data/../../fixtures/articles/expect.sh" entente | diff expected.jsonl - && echo "as expected"
