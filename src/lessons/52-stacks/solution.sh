sh change.sh six nginx:1.28 6
aws cloudformation execute-change-set --stack-name shop --change-set-name six
