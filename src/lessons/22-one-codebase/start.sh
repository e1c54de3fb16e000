# title: One repository, two places
# says: A shop in a repository, which runs in a test and for customers; a script deploys a commit to a place.
# settle: 25s
docker pull -q nginx:1.27 > /dev/null
# at: 12s
mkdir shop; cd shop; git init -q; git config user.email ann@shop.test; git config user.name Ann
echo 'apples at 3' > index.html
printf 'FROM nginx:1.27\nCOPY index.html /usr/share/nginx/html/index.html\n' > Dockerfile
cat > deploy.sh <<'SH'
# Runs a commit in a place, from an image that bears its name: sh deploy.sh test|live [COMMIT]
commit=$(git rev-parse --short ${2:-HEAD})
if ! docker image inspect shop:$commit > /dev/null 2>&1; then
  git clone -q ~/shop /tmp/$commit; cd /tmp/$commit; git checkout -q $commit
  docker build -q -t shop:$commit . > /dev/null
fi
docker rm -f $1 > /dev/null 2>&1
docker run -d --name $1 -e PLACE=$1 shop:$commit > /dev/null
SH
git add .; git commit -qm 'Sell apples'
sh deploy.sh test; sh deploy.sh live
