aws ecs delete-service --cluster demo --service apart --force > /dev/null
# wait: 60s
aws ecs create-service --cluster demo --service-name apart --task-definition apart --desired-count 3 --placement-strategy type=binpack,field=cpu > /dev/null
# wait: 60s
