cd ~/shop
sh weights.sh 0
for way in swap canary; do aws ecs stop-service-deployment --stop-type ROLLBACK --service-deployment-arn $(aws ecs list-service-deployments --cluster shop --service $way --query 'serviceDeployments[0].serviceDeploymentArn' --output text) > /dev/null; done
sh release.sh rolling 1.1
