git init repo
cd /work/repo
seq 1 20 > f; git add f; git commit -m base
git switch -c feature
sed -i 's/^3$/three/' f; echo g > g; git add .; git commit -m "feature work"
git switch main
git merge feature
git log --graph --oneline --all --decorate
git branch -d feature
git checkout -b left
sed -i 's/^10$/ten left/' f; git commit -am left
git checkout -b right HEAD~1
sed -i 's/^15$/fifteen right/' f; git commit -am right
git merge left -m "join"
git log --graph --oneline
git log --graph --stat
git show --stat
git checkout main
git merge --no-ff --no-edit right
git log --graph --all --oneline --decorate
git checkout -b one; sed -i 's/^7$/seven A/' f; git commit -am A
git checkout main; sed -i 's/^7$/seven B/' f; git commit -am B
git merge one
git status
git status -s
git diff
cat f
git ls-files -u
git commit -m x
git merge --abort
git status
git merge one
printf 'resolved\n' > f; git add f
git status
git commit --no-edit
git log --graph --oneline -4
git cat-file -p HEAD
git show
git reset --hard HEAD~1
git cherry-pick one
git status
git cherry-pick --abort
git cherry-pick right~1
git revert --no-edit HEAD
git log --oneline -3
git checkout HEAD~2
git status
git branch
git checkout main
git branch -vv
git branch --merged
git branch -m one uno
git branch -D uno
git checkout nope
git switch nope
git merge nope
git stash
echo dirty >> f; echo u > untracked; git stash
git stash list
git status -s
git stash pop
git stash -u; git stash show; git stash apply
git stash drop
git reset --soft HEAD~1
git status -s
git reset --mixed HEAD
git clean -n
git clean -fd
git rev-list --count HEAD
git merge-base main right
