aws ecs update-service --cluster demo --service shop --deployment-configuration 'deploymentCircuitBreaker={enable=true,rollback=true}' > /dev/null
# wait: 90s
