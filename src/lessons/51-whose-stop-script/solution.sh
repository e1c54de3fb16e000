sh release.sh three --ignore-application-stop-failures
