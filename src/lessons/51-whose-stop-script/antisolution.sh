sh release.sh three
