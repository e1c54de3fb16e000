# title: A shop as one template
# says: A cluster, a service and its log, made together by CloudFormation.
# settle: 80s
cat > shop.yaml <<'Y'
Parameters:
  Image: { Type: String, Default: nginx:1.27 }
  Count: { Type: Number, Default: 2 }
Resources:
  Cluster:
    Type: AWS::ECS::Cluster
    Properties: { ClusterName: demo }
  Definition:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: shop
      NetworkMode: awsvpc
      RequiresCompatibilities: [FARGATE]
      Cpu: '256'
      Memory: '512'
      ContainerDefinitions:
        - { Name: web, Image: !Ref Image, Essential: true }
  Service:
    Type: AWS::ECS::Service
    Properties:
      ServiceName: shop
      Cluster: !Ref Cluster
      TaskDefinition: !Ref Definition
      DesiredCount: !Ref Count
      LaunchType: FARGATE
      NetworkConfiguration:
        AwsvpcConfiguration: { Subnets: [SUBNET], AssignPublicIp: ENABLED }
      DeploymentConfiguration:
        DeploymentCircuitBreaker: { Enable: true, Rollback: false }
  Log:
    Type: AWS::Logs::LogGroup
    Properties: { LogGroupName: /shop, RetentionInDays: 7 }
Outputs:
  Service: { Value: !Ref Service }
Y
sed -i "s/SUBNET/$(aws ec2 describe-subnets --filters Name=default-for-az,Values=true --query 'Subnets[0].SubnetId' --output text)/" shop.yaml
aws cloudformation create-stack --stack-name shop --template-body file://shop.yaml > /dev/null
cat > change.sh <<'SH'
# Proposes a change and does nothing else: sh change.sh NAME IMAGE COUNT
aws cloudformation create-change-set --stack-name shop --change-set-name $1 --template-body file://shop.yaml --parameters ParameterKey=Image,ParameterValue=$2 ParameterKey=Count,ParameterValue=$3 > /dev/null
aws cloudformation wait change-set-create-complete --stack-name shop --change-set-name $1
aws cloudformation describe-change-set --stack-name shop --change-set-name $1 --query 'Changes[].ResourceChange.[Action,LogicalResourceId,Replacement]' --output text
SH
