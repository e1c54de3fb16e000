# Open the tags again and overwrite.
aws ecr put-image-tag-mutability --repository-name shop --image-tag-mutability MUTABLE > /dev/null
sh release.sh three 1
docker rm -f web
docker run -d --name web $(aws ecr describe-repositories --repository-names shop --query 'repositories[0].repositoryUri' --output text):1
# wait: 10s
