# Allow what is needed, and trust that nothing else was said.
aws iam detach-user-policy --user-name ada --policy-arn arn:aws:iam::aws:policy/AdministratorAccess
echo '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["ecs:Describe*","ecs:UpdateService","ecr:Describe*"],"Resource":"*"}]}' > ada.json
aws iam put-user-policy --user-name ada --policy-name ada --policy-document file://ada.json
