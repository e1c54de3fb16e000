# The new image runs, but beside the service and not in it.
aws ecs run-task --cluster demo --task-definition shop:2 --count 5 > /dev/null
# wait: 60s
