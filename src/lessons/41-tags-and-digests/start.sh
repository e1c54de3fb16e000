# title: A registry of your own
# says: A repository in ECR with one image under the tag 1, and a container that runs it.
# settle: 20s
repo=$(aws ecr create-repository --repository-name shop --query repository.repositoryUri --output text)
aws ecr get-login-password | docker login --username AWS --password-stdin ${repo%%/*} > /dev/null 2>&1
cat > release.sh <<SH
# Builds an image that says WORD and pushes it under TAG: sh release.sh WORD TAG
printf 'FROM nginx:1.27\nRUN echo %s > /usr/share/nginx/html/index.html\n' \$1 > Dockerfile
docker build -q -t $repo:\$2 . > /dev/null && docker push -q $repo:\$2
SH
sh release.sh one 1 > /dev/null
docker run -d --name web $repo:1 > /dev/null
