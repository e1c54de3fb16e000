aws ecs create-service --cluster demo --service-name watcher --task-definition collector --scheduling-strategy DAEMON > /dev/null
# wait: 60s
