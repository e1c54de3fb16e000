aws ecs update-service --cluster demo --service shop --task-definition shop:2 > /dev/null
# wait: 60s
