docker run -d --name mine nginx:1.27
aws ecs update-service --cluster demo --service shop --desired-count 2 > /dev/null
# wait: 60s
