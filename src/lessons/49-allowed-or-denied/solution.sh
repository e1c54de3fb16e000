aws iam detach-user-policy --user-name ada --policy-arn arn:aws:iam::aws:policy/AdministratorAccess
echo '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["ecs:List*","ecs:Describe*","ecs:UpdateService","ecr:Describe*","ecr:List*"],"Resource":"*"},{"Effect":"Deny","Action":"ecs:DeleteCluster","Resource":"*"}]}' > ada.json
aws iam put-user-policy --user-name ada --policy-name ada --policy-document file://ada.json
