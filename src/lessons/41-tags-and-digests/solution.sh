sh release.sh three 3
docker rm -f web
docker run -d --name web $(aws ecr describe-repositories --repository-names shop --query 'repositories[0].repositoryUri' --output text):3
# wait: 10s
