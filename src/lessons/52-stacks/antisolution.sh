aws ecs update-service --cluster demo --service shop --desired-count 6 --force-new-deployment > /dev/null
