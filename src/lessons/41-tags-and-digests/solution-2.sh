# The name is a digest.
sh release.sh three third
docker rm -f web
docker run -d --name web $(aws ecr describe-repositories --repository-names shop --query 'repositories[0].repositoryUri' --output text)@$(aws ecr describe-images --repository-name shop --image-ids imageTag=third --query 'imageDetails[0].imageDigest' --output text)
# wait: 10s
