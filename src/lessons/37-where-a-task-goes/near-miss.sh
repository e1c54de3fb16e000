aws ecs update-service --cluster demo --service apart --placement-strategy type=binpack,field=memory > /dev/null
# wait: 30s
