# title: A store that is attached
# says: A shop that finds its store by an address from outside, and two stores to choose from.
# settle: 25s
docker pull -q nginx:1.27 > /dev/null
docker pull -q busybox:1.36 > /dev/null
mkdir old new; echo 'apples' > old/index.html; echo 'pears' > new/index.html
docker network create shop > /dev/null
# at: 12s
docker run -d --name store-a --network shop -v ~/old:/usr/share/nginx/html:ro nginx:1.27 > /dev/null
docker run -d --name store-b --network shop -v ~/new:/usr/share/nginx/html:ro nginx:1.27 > /dev/null
docker run -d --name shop --network shop -e STORE=http://store-a/ busybox:1.36 sleep 9000 > /dev/null
