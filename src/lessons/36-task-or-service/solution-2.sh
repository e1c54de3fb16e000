aws ecs run-task --cluster demo --task-definition report --started-by me > /dev/null
aws ecs update-service --cluster demo --service report --desired-count 0 > /dev/null
aws ecs update-service --cluster demo --service shop --desired-count 3 > /dev/null
# wait: 60s
