git init -q --bare srv.git
git clone srv.git one
cd /work/one
echo 1 > f; git add f; git commit -qm first
git push
git push -u origin main
git status
git branch -vv
cd /work
git clone srv.git two
cd /work/two
git log --oneline --decorate
git remote -v
echo 2 >> f; git commit -qam second; git push
cd /work/one
git fetch
git status
git pull
git tag v1; git push --tags
git push origin v1
git checkout -b topic; echo t > t; git add t; git commit -qm topic
git push
git push -u origin topic
cd /work/two
git fetch
git branch -a
git checkout topic
git checkout main
echo 3 >> f; git commit -qam third; git push
cd /work/one
git checkout main
echo other > o; git add o; git commit -qm other
git push
git fetch
git push
git status
git pull
git pull --rebase
git log --oneline --graph --all --decorate
git push
git push origin --delete topic
git push origin :nope
cd /work/two
git fetch --prune
git branch -r
git pull
git reset -q --hard HEAD~1; echo x > x; git add x; git commit -qm x
git push --force
git push -f origin main
git push --force-with-lease origin HEAD
cd /work/one
git fetch
git pull --no-rebase --no-edit
git log --graph --format='%s%d'
git ls-remote
git remote show
git fetch nope
git clone nope
git push nope main
git push origin nope
git remote add up ../srv.git; git remote -v; git remote remove up; git remote
git config --list --local
