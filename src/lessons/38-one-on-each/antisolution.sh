# One on each today, by hand; no service would bring it to the next machine.
aws ecs run-task --cluster demo --task-definition collector --count 4 --placement-constraints type=distinctInstance > /dev/null
aws ecs create-service --cluster demo --service-name watcher --task-definition web --desired-count 4 --placement-strategy type=binpack,field=memory > /dev/null
# wait: 60s
