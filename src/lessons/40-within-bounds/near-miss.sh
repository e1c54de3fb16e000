# Away with it all.
aws ecs delete-service --cluster demo --service shop --force > /dev/null
# wait: 30s
