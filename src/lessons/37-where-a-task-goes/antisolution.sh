# Packed within each zone, but every zone has one machine.
aws ecs update-service --cluster demo --service apart --placement-strategy type=spread,field=attribute:ecs.availability-zone type=binpack,field=memory --force-new-deployment > /dev/null
# wait: 90s
