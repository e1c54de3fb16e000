import { refuse } from '../core/index.ts'

/** What CodeCommit says with each code. Models: AWS CodeCommit API Reference, errors of its operations. */
const WORDS: { readonly [code: string]: string } = {
  ApprovalRuleContentRequired: 'An approval rule must have content',
  ApprovalRuleDoesNotExist: 'The specified approval rule does not exist.',
  ApprovalRuleNameAlreadyExists:
    'An approval rule with that name already exists. Approval rule names must be unique within the scope of a pull request.',
  ApprovalRuleTemplateInUse:
    'The approval rule template is associated with one or more repositories. You cannot delete a template that is associated with a repository. Remove all associations, and then try again.',
  BeforeCommitIdAndAfterCommitIdAreSame:
    'The before commit ID and the after commit ID are the same, which is not valid. The before commit ID and the after commit ID must be different commit IDs.',
  BlobIdDoesNotExist: 'The specified blob does not exist.',
  BranchNameIsTagName:
    'The specified branch name is not valid because it is a tag name. Enter the name of a branch in the repository. For a list of valid branch names, use ListBranches.',
  BranchNameRequired: 'A branch name is required, but was not specified.',
  CannotDeleteApprovalRuleFromTemplate:
    'The approval rule cannot be deleted from the pull request because it was created by an approval rule template and applied to the pull request automatically.',
  CannotModifyApprovalRuleFromTemplate:
    'The approval rule cannot be modified for the pull request because it was created by an approval rule template and applied to the pull request automatically.',
  CommentContentRequired:
    'The comment is empty. You must provide some content for a comment. The content cannot be null.',
  CommentContentSizeLimitExceeded: 'The comment is too large. Comments are limited to 10,240 characters.',
  CommentDeleted: 'This comment has already been deleted. You cannot edit or delete a deleted comment.',
  CommentDoesNotExist:
    'No comment exists with the provided ID. Verify that you have used the correct ID, and then try again.',
  CommentNotCreatedByCaller:
    'You cannot modify or delete this comment. Only comment authors can modify or delete their comments.',
  CommitIdsLimitExceeded:
    'The maximum number of allowed commit IDs in a batch request is 100. Verify that your batch requests contains no more than 100 commit IDs, and then try again.',
  CommitIdsListRequired: 'A list of commit IDs is required, but was either not specified or the list was empty.',
  ConcurrentReferenceUpdate:
    'The merge cannot be completed because the target branch has been modified. Another user might have modified the target branch while the merge was in progress. Wait a few minutes, and then try again.',
  DefaultBranchCannotBeDeleted:
    'The specified branch is the default branch for the repository, and cannot be deleted. To delete this branch, you must first set another branch as the default branch.',
  DirectoryNameConflictsWithFileName:
    'A file cannot be added to the repository because the specified path name has the same name as a file that already exists in this repository. Either provide a different name for the file, or specify a different path for the file.',
  FileContentAndSourceFileSpecified:
    'The commit cannot be created because both a source file and file content have been specified for the same file. You cannot provide both. Either specify a source file or provide the file content directly.',
  FileContentRequired:
    'The file cannot be added because it is empty. Empty files cannot be added to the repository with this API.',
  FileContentSizeLimitExceeded:
    'The file cannot be added because it is too large. The maximum file size is 6 MB, and the combined file content change size is 7 MB. Consider making these changes using a Git client.',
  FileDoesNotExist:
    'The specified file does not exist. Verify that you have used the correct file name, full path, and extension.',
  FileEntryRequired:
    'The commit cannot be created because no files have been specified as added, updated, or changed (PutFile or DeleteFile) for the commit.',
  FileNameConflictsWithDirectoryName:
    'A file cannot be added to the repository because the specified file name has the same name as a directory in this repository. Either provide another name for the file, or add the file in a directory that does not match the file name.',
  FolderDoesNotExist:
    'The specified folder does not exist. Either the folder name is not correct, or you did not enter the full path to the folder.',
  IdempotencyParameterMismatch:
    'The client request token is not valid. Either the token is not in a valid format, or the token has been used in a previous request and cannot be reused.',
  InvalidApprovalRuleContent: 'The content for the approval rule is not valid.',
  InvalidApprovalRuleTemplateContent: 'The content of the approval rule template is not valid.',
  InvalidBlobId: 'The specified blob is not valid.',
  InvalidBranchName: 'The specified reference name is not valid.',
  InvalidCommitId: 'The specified commit ID is not valid.',
  InvalidConflictResolution: 'The specified conflict resolution list is not valid.',
  InvalidFileLocation: 'The location of the file is not valid. Make sure that you include the file name and extension.',
  InvalidFilePosition:
    'The position is not valid. Make sure that the line number exists in the version of the file you want to comment on.',
  InvalidParentCommitId:
    'The parent commit ID is not valid. The commit ID cannot be empty, and must match the head commit ID for the branch of the repository where you want to add or update a file.',
  InvalidMergeOption:
    'The specified merge option is not valid for this operation. Not all merge strategies are supported for all operations.',
  InvalidPath: 'The specified path is not valid.',
  InvalidPullRequestId:
    'The pull request ID is not valid. Make sure that you have provided the full ID and that the pull request is in the specified repository, and then try again.',
  InvalidPullRequestStatus: 'The pull request status is not valid. The only valid values are OPEN and CLOSED.',
  InvalidPullRequestStatusUpdate:
    'The pull request status update is not valid. The only valid update is from OPEN to CLOSED.',
  InvalidReactionValue:
    'The value of the reaction is not valid. For more information, see the AWS CodeCommit User Guide.',
  InvalidReferenceName:
    'The specified reference name format is not valid. Reference names must conform to the Git references format (for example, refs/heads/main). For more information, see Git Internals - Git References or consult your Git documentation.',
  InvalidRepositoryName:
    'The repository name is not valid. Repository names can be any valid combination of letters, numbers, periods, underscores, and dashes between 1 and 100 characters in length. Names are case sensitive. For more information, see Limits in the AWS CodeCommit User Guide. ',
  InvalidRepositoryTriggerDestinationArn:
    'The Amazon Resource Name (ARN) for the trigger is not valid for the specified destination. The most common reason for this error is that the ARN does not meet the requirements for the service type.',
  InvalidRepositoryTriggerRegion:
    'The AWS Region for the trigger target does not match the AWS Region for the repository. Triggers must be created in the same AWS Region as the target for the trigger.',
  InvalidResourceArn:
    'The value for the resource ARN is not valid. For more information about resources in AWS CodeCommit, see CodeCommit Resources and Operations in the AWS CodeCommit User Guide.',
  InvalidRevisionId: 'The revision ID is not valid. Use GetPullRequest to determine the value.',
  InvalidRuleContentSha256: 'The SHA-256 hash signature for the rule content is not valid.',
  InvalidSystemTagUsage: 'The specified tag is not valid. Key names cannot be prefixed with aws:.',
  InvalidTargetBranch: 'The specified target branch is not valid.',
  ManualMergeRequired:
    'The pull request cannot be merged automatically into the destination branch. You must manually merge the branches and resolve any conflicts.',
  MaximumFileEntriesExceeded:
    'The number of specified files to change as part of this commit exceeds the maximum number of files that can be changed in a single commit. Consider using a Git client for these changes.',
  MaximumRepositoryNamesExceeded:
    'The maximum number of allowed repository names was exceeded. Currently, this number is 100.',
  MaximumRepositoryTriggersExceeded: 'The number of triggers allowed for the repository was exceeded.',
  MaximumRuleTemplatesAssociatedWithRepository:
    'The maximum number of approval rule templates for a repository has been exceeded. You cannot associate more than 25 approval rule templates with a repository.',
  MultipleConflictResolutionEntries:
    'More than one conflict resolution entries exists for the conflict. A conflict can have only one conflict resolution entry.',
  MultipleRepositoriesInPullRequest:
    'You cannot include more than one repository in a pull request. Make sure you have specified only one repository name in your request, and then try again.',
  NoChange:
    'The commit cannot be created because no changes will be made to the repository as a result of this commit. A commit must contain at least one change.',
  NumberOfRulesExceeded:
    'The approval rule cannot be added. The pull request has the maximum number of approval rules associated with it.',
  OverrideAlreadySet: 'The pull request has already had its approval rules set to override.',
  ParentCommitDoesNotExist:
    'The parent commit ID is not valid because it does not exist. The specified parent commit ID does not exist in the specified branch of the repository.',
  ParentCommitIdOutdated:
    'The file could not be added because the provided parent commit ID is not the current tip of the specified branch. To view the full commit ID of the current head of the branch, use GetBranch.',
  ParentCommitIdRequired:
    'A parent commit ID is required. To view the full commit ID of a branch in a repository, use GetBranch or a Git command (for example, git pull or git log).',
  PathDoesNotExist: 'The specified path does not exist.',
  PullRequestAlreadyClosed: 'The pull request status cannot be updated because it is already closed.',
  PullRequestApprovalRulesNotSatisfied:
    'The pull request cannot be merged because one or more approval rules applied to the pull request have conditions that have not been met.',
  PullRequestCannotBeApprovedByAuthor:
    'The approval cannot be applied because the user approving the pull request matches the user who created the pull request. You cannot approve a pull request that you created.',
  PullRequestDoesNotExist:
    'The pull request ID could not be found. Make sure that you have specified the correct repository name and pull request ID, and then try again.',
  PutFileEntryConflict:
    'The commit cannot be created because one or more files specified in the commit reference both a file and a folder.',
  ReplacementContentRequired: 'USE_NEW_CONTENT was specified, but no replacement content has been provided.',
  RepositoryNotAssociatedWithPullRequest:
    'The repository does not contain any pull requests with that pull request ID. Use GetPullRequest to verify the correct repository name for the pull request ID.',
  RepositoryTriggerBranchNameListRequired:
    'At least one branch name is required, but was not specified in the trigger configuration.',
  RepositoryTriggerEventsListRequired: 'At least one event for the trigger is required, but was not specified.',
  RepositoryTriggerNameRequired: 'A name for the trigger is required, but was not specified.',
  RestrictedSourceFile:
    'The commit cannot be created because one of the changes specifies copying or moving a .gitkeep file.',
  RevisionNotCurrent:
    'The revision ID provided in the request does not match the current revision ID. Use GetPullRequest to retrieve the current revision ID.',
  SameFileContent:
    'The file was not added or updated because the content of the file is exactly the same as the content of that file in the repository and branch that you specified.',
  SamePathRequest:
    'The commit cannot be created because one or more changes in this commit duplicate actions in the same file path. For example, you cannot make the same delete request to the same file in the same file path twice, or make a delete request and a move request to the same file as part of the same commit.',
  SourceAndDestinationAreSame:
    'The source branch and destination branch for the pull request are the same. You must specify different branches for the source and destination.',
  SourceFileOrContentRequired:
    'The commit cannot be created because no source files or file content have been specified for the commit.',
  TargetsRequired: 'An array of target objects is required. It cannot be empty or null.',
  TipOfSourceReferenceIsDifferent:
    'The tip of the source branch in the destination repository does not match the tip of the source branch specified in your request. The pull request might have been updated. Make sure that you have the latest changes.',
}

export type Refused = ReturnType<typeof refuse>

/** A refusal by its code without `Exception`, in CodeCommit's words or in those given. */
export function refused(code: string, words = WORDS[code] ?? code): Refused {
  return refuse(`${code}Exception`, words)
}

/** Whether something found is a refusal. */
export function isRefused<T>(found: T | Refused): found is Refused {
  return typeof found === 'object' && found !== null && 'error' in found
}

/** The refusal of a name that no repository has. */
export function noRepository(name: string): Refused {
  return refused('RepositoryDoesNotExist', `${name} does not exist`)
}
