# Only the ones that go back within a second.
for way in swap canary; do aws ecs stop-service-deployment --stop-type ROLLBACK --service-deployment-arn $(aws ecs list-service-deployments --cluster shop --service $way --query 'serviceDeployments[0].serviceDeploymentArn' --output text) > /dev/null; done
# wait: 20s
