# Try the broken one anew under a breaker, with less room.
aws ecs update-service --cluster demo --service shop --force-new-deployment --deployment-configuration 'deploymentCircuitBreaker={enable=true,rollback=true},minimumHealthyPercent=100,maximumPercent=150' > /dev/null
# wait: 150s
