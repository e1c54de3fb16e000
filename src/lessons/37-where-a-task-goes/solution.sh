aws ecs update-service --cluster demo --service apart --placement-strategy type=binpack,field=memory --force-new-deployment > /dev/null
# wait: 90s
