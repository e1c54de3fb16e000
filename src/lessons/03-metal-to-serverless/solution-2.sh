docker create --name mine nginx:1.28
docker start mine
aws ecs update-service --cluster demo --service shop --desired-count 3 > /dev/null
# wait: 45s
aws ecs update-service --cluster demo --service shop --desired-count 2 > /dev/null
# wait: 60s
