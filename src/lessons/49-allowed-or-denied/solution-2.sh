# All of ECS, and the Deny that stays.
aws iam put-user-policy --user-name ada --policy-name work --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["ecs:*","ecr:DescribeRepositories"],"Resource":"*"}]}'
aws iam detach-user-policy --user-name ada --policy-arn arn:aws:iam::aws:policy/AdministratorAccess
