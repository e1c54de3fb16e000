aws cloudformation delete-stack --stack-name shop
# wait: 5s
