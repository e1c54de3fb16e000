# title: Blue, green and a canary
# says: CodeDeploy lets a tenth of the customers try a broken version; an alarm goes off, and the traffic goes back by itself.
# settle: 200s
mkdir -p shop; cd shop
cat > release.sh <<'SH'
# Deploys a version of the shop with CodeDeploy: sh release.sh VERSION [STATUS that its page answers with]
sed -e "s/VERSION/$1/; s/STATUS/${2:-200}/" taskdef.json > /tmp/taskdef.json
revision=$(aws ecs register-task-definition --cli-input-json file:///tmp/taskdef.json --query taskDefinition.taskDefinitionArn --output text)
sed "s|<TASK_DEFINITION>|$revision|" appspec.yaml > /tmp/appspec.yaml
aws deploy create-deployment --application-name shop --deployment-group-name shop --description "shop $1" --revision "$(jq -n --arg content "$(cat /tmp/appspec.yaml)" '{revisionType: "AppSpecContent", appSpecContent: {content: $content}}')"
SH
cat > appspec.yaml <<'YAML'
version: 0.0
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: <TASK_DEFINITION>
        LoadBalancerInfo: { ContainerName: web, ContainerPort: 80 }
YAML
cat > taskdef.json <<'JSON'
{
  "family": "shop", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512",
  "containerDefinitions": [{
    "name": "web", "image": "nginx:1.27", "essential": true, "portMappings": [{ "containerPort": 80 }],
    "environment": [{ "name": "CONF", "value": "server { listen 80; location / { return STATUS 'shop VERSION'; } location = /healthz { return 200 ok; } }" }],
    "entryPoint": ["sh", "-c"], "command": ["echo \"$CONF\" > /etc/nginx/conf.d/default.conf && exec nginx -g 'daemon off;'"]
  }]
}
JSON
cat > group.json <<'JSON'
{
  "applicationName": "shop", "deploymentGroupName": "shop", "serviceRoleArn": "ROLE",
  "deploymentConfigName": "CodeDeployDefault.ECSCanary10Percent5Minutes",
  "deploymentStyle": { "deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL" },
  "ecsServices": [{ "clusterName": "shop", "serviceName": "shop" }],
  "loadBalancerInfo": { "targetGroupPairInfoList": [{ "targetGroups": [{ "name": "blue" }, { "name": "green" }], "prodTrafficRoute": { "listenerArns": ["LISTENER"] } }] },
  "blueGreenDeploymentConfiguration": {
    "deploymentReadyOption": { "actionOnTimeout": "CONTINUE_DEPLOYMENT" },
    "terminateBlueInstancesOnDeploymentSuccess": { "action": "TERMINATE", "terminationWaitTimeInMinutes": 1 }
  },
  "alarmConfiguration": { "enabled": true, "alarms": [{ "name": "errors" }] },
  "autoRollbackConfiguration": { "enabled": true, "events": ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"] }
}
JSON
cat > setup.sh <<'SH'
# Load balancer with two target groups, ECS service, alarm, CodeDeploy application and group.
set -e
role=$(aws iam create-role --role-name shop-deploys --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"codedeploy.amazonaws.com"},"Action":"sts:AssumeRole"}]}' --query Role.Arn --output text)
aws iam attach-role-policy --role-name shop-deploys --policy-arn arn:aws:iam::aws:policy/AWSCodeDeployRoleForECS
vpc=$(aws ec2 describe-vpcs --filters Name=is-default,Values=true --query 'Vpcs[0].VpcId' --output text)
subnets=$(aws ec2 describe-subnets --filters Name=default-for-az,Values=true --query 'Subnets[:2].SubnetId' --output text)
security=$(aws ec2 describe-security-groups --filters Name=group-name,Values=default --query 'SecurityGroups[0].GroupId' --output text)
aws ec2 authorize-security-group-ingress --group-id $security --protocol tcp --port 80 --cidr 0.0.0.0/0 > /dev/null
balancer=$(aws elbv2 create-load-balancer --name shop --subnets $subnets --query 'LoadBalancers[0].LoadBalancerArn' --output text)
for color in blue green; do
  aws elbv2 create-target-group --name $color --protocol HTTP --port 80 --vpc-id $vpc --target-type ip --health-check-path /healthz --health-check-interval-seconds 5 --health-check-timeout-seconds 2 --healthy-threshold-count 2 > /dev/null
  arn=$(aws elbv2 describe-target-groups --names $color --query 'TargetGroups[0].TargetGroupArn' --output text)
  aws elbv2 modify-target-group-attributes --target-group-arn $arn --attributes Key=deregistration_delay.timeout_seconds,Value=15 > /dev/null
done
blue=$(aws elbv2 describe-target-groups --names blue --query 'TargetGroups[0].TargetGroupArn' --output text)
listener=$(aws elbv2 create-listener --load-balancer-arn $balancer --protocol HTTP --port 80 --default-actions Type=forward,TargetGroupArn=$blue --query 'Listeners[0].ListenerArn' --output text)
aws cloudwatch put-metric-alarm --alarm-name errors --namespace AWS/ApplicationELB --metric-name HTTPCode_Target_5XX_Count --dimensions Name=LoadBalancer,Value=${balancer#*loadbalancer/} --statistic Sum --period 60 --evaluation-periods 1 --threshold 5 --comparison-operator GreaterThanThreshold --treat-missing-data notBreaching
sed 's/VERSION/1.0/; s/STATUS/200/' taskdef.json > /tmp/taskdef.json
aws ecs register-task-definition --cli-input-json file:///tmp/taskdef.json > /dev/null
aws ecs create-cluster --cluster-name shop > /dev/null
aws ecs create-service --cluster shop --service-name shop --task-definition shop --desired-count 2 --launch-type FARGATE --deployment-controller type=CODE_DEPLOY --network-configuration "awsvpcConfiguration={subnets=[$(echo $subnets | tr ' ' ',')],securityGroups=[$security],assignPublicIp=ENABLED}" --load-balancers targetGroupArn=$blue,containerName=web,containerPort=80 > /dev/null
aws deploy create-application --application-name shop --compute-platform ECS > /dev/null
sed "s|ROLE|$role|; s|LISTENER|$listener|" group.json > /tmp/group.json
aws deploy create-deployment-group --cli-input-json file:///tmp/group.json > /dev/null
SH
sh setup.sh
# at: 140s
lab traffic start customers --to http://$(aws elbv2 describe-load-balancers --names shop --query 'LoadBalancers[0].DNSName' --output text)/ --rate 40
# at: 158s
sh release.sh 1.1 500
