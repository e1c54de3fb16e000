# title: Two servers and an appspec
# says: Two instances with the CodeDeploy agent, and a program whose appspec names four hooks.
# settle: 90s
role=$(aws iam create-role --role-name deploys --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"codedeploy.amazonaws.com"},"Action":"sts:AssumeRole"}]}' --query Role.Arn --output text)
aws iam attach-role-policy --role-name deploys --policy-arn arn:aws:iam::aws:policy/service-role/AWSCodeDeployRole
aws iam create-role --role-name shop --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}' > /dev/null
aws iam attach-role-policy --role-name shop --policy-arn arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforAWSCodeDeploy
aws iam create-instance-profile --instance-profile-name shop > /dev/null; aws iam add-role-to-instance-profile --instance-profile-name shop --role-name shop
image=$(aws ec2 describe-images --owners amazon --query 'Images[0].ImageId' --output text)
aws ec2 run-instances --image-id $image --instance-type t3.micro --count 2 --iam-instance-profile Name=shop --tag-specifications 'ResourceType=instance,Tags=[{Key=app,Value=shop}]' > /dev/null
aws deploy create-application --application-name shop --compute-platform Server > /dev/null
aws deploy create-deployment-group --application-name shop --deployment-group-name all --service-role-arn $role --ec2-tag-filters Key=app,Value=shop,Type=KEY_AND_VALUE > /dev/null
mkdir -p shop/scripts shop/site; cd shop
cat > appspec.yml <<'Y'
version: 0.0
os: linux
files:
  - source: /site
    destination: /var/www
hooks:
  ApplicationStop:
    - location: scripts/stop.sh
      timeout: 60
  AfterInstall:
    - location: scripts/prepare.sh
      timeout: 60
  ApplicationStart:
    - location: scripts/start.sh
      timeout: 60
  ValidateService:
    - location: scripts/check.sh
      timeout: 60
Y
echo '#!/bin/sh
systemctl stop shop' > scripts/stop.sh
echo '#!/bin/sh
echo prepared > /var/www/prepared' > scripts/prepare.sh
echo '#!/bin/sh
systemctl start shop' > scripts/start.sh
echo '#!/bin/sh
systemctl is-active shop && grep -q shop /var/www/index.html' > scripts/check.sh
echo 'shop one' > site/index.html
cat > release.sh <<'SH'
# Hands what lies here to CodeDeploy: sh release.sh NAME [OPTION OF create-deployment]...
name=$1; shift
location=$(aws deploy push --application-name shop --s3-location s3://releases/$name.zip --source . | grep -o 'bucket=[^ ]*')
aws deploy create-deployment --application-name shop --deployment-group-name all --s3-location $location --description $name $* --query deploymentId --output text
SH
cat > last.sh <<'SH'
# Says how the last deployment went, and what became of each event on its first server.
id=$(aws deploy list-deployments --query 'deployments[0]' --output text)
aws deploy get-deployment --deployment-id $id --query 'deploymentInfo.[description,status]' --output text
aws deploy get-deployment-target --deployment-id $id --target-id $(aws deploy list-deployment-targets --deployment-id $id --query 'targetIds[0]' --output text) --query 'deploymentTarget.instanceTarget.lifecycleEvents[].[lifecycleEventName,status]' --output text
SH
