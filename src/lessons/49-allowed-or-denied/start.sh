# title: A new colleague
# says: A user called ada with a policy of her own, and a service that she looks after.
# settle: 10s
aws ecs create-cluster --cluster-name demo > /dev/null
aws ecr create-repository --repository-name shop > /dev/null
aws iam create-user --user-name ada > /dev/null
cat > ada.json <<'JSON'
{ "Version": "2012-10-17", "Statement": [{ "Sid": "Look", "Effect": "Allow", "Action": ["ecs:List*", "ecs:Describe*"], "Resource": "*" }] }
JSON
aws iam put-user-policy --user-name ada --policy-name ada --policy-document file://ada.json
cat > may.sh <<'SH'
# Says whether ada may do something: sh may.sh ecs:DeleteCluster
aws iam simulate-principal-policy --policy-source-arn arn:aws:iam::123456789012:user/ada --action-names $1 --query 'EvaluationResults[0].EvalDecision' --output text
SH
key=$(aws iam create-access-key --user-name ada --query 'AccessKey.[AccessKeyId,SecretAccessKey]' --output text)
aws configure set aws_access_key_id $(echo $key | cut -d' ' -f1) --profile ada
aws configure set aws_secret_access_key $(echo $key | cut -d' ' -f2) --profile ada
