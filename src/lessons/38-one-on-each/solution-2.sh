aws ecs create-service --cluster demo --service-name watcher --task-definition web --desired-count 3 > /dev/null
aws ecs delete-service --cluster demo --service watcher --force > /dev/null
# wait: 30s
aws ecs create-service --cluster demo --service-name watcher --task-definition web --desired-count 4 --placement-constraints type=distinctInstance > /dev/null
# wait: 60s
