aws ecs update-service --cluster demo --service shop --desired-count 3 > /dev/null
aws ecs delete-service --cluster demo --service report --force > /dev/null
aws ecs run-task --cluster demo --task-definition report > /dev/null
# wait: 60s
