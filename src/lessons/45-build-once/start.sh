# title: Two places, one image
# says: A registry, and two services of the same program: staging and production.
# settle: 45s
repo=$(aws ecr create-repository --repository-name shop --query repository.repositoryUri --output text)
aws ecr get-login-password | docker login --username AWS --password-stdin ${repo%%/*} > /dev/null 2>&1
cat > index.sh <<'SH'
echo "shop, made of part $(cat /part)" > /usr/share/nginx/html/index.html
SH
echo 1 > part
cat > Dockerfile <<'D'
FROM nginx:1.27
COPY part index.sh /
RUN sh /index.sh
D
cat > build.sh <<SH
# Builds an image of what lies here and pushes it: sh build.sh TAG
docker build -q -t $repo:\$1 . > /dev/null && docker push -q $repo:\$1
SH
cat > deploy.sh <<SH
# Lets a place run an image: sh deploy.sh staging|production TAG
docker rm -f \$1 > /dev/null 2>&1
docker run -d --name \$1 -e PLACE=\$1 $repo:\$2 > /dev/null
SH
cat > digests.sh <<SH
# Says which image each place runs, by its digest.
for place in staging production; do echo "\$place \$(docker inspect -f '{{.Image}}' \$place)"; done
SH
sh build.sh 1 > /dev/null
sh deploy.sh staging 1
sh deploy.sh production 1
