# Nothing of AWS is asked: the provider is a mock with the real schema.
mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  mock_data "aws_region" {
    defaults = { name = "eu-central-1" }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  environment    = "prod"
  endpoint_name  = "churn"
  repository     = "acme/churn"
  repository_ids = { owner = 12, name = 34 }
  branches       = ["main"]
  ml_deploy_ref  = "v1.2.3"
}

run "trusts_one_repository_on_its_branches" {
  command = plan

  variables {
    github_environments = ["production"]
    job_workflow_refs   = ["acme/churn/.github/workflows/score.yml@refs/heads/main"]
    oidc_provider_arn   = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
  }

  assert {
    condition = jsondecode(aws_iam_role.job["release"].assume_role_policy).Statement[0].Condition.StringEquals == {
      "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
      "token.actions.githubusercontent.com:sub" = [
        "repo:acme/churn:ref:refs/heads/main",
        "repo:acme/churn:environment:production",
        "repo:acme@12/churn@34:ref:refs/heads/main",
        "repo:acme@12/churn@34:environment:production",
      ]
      "token.actions.githubusercontent.com:job_workflow_ref" = [
        "org/ml-deploy/.github/workflows/deploy.yml@refs/tags/v1.2.3",
        "org/ml-deploy/.github/workflows/reap.yml@refs/tags/v1.2.3",
        "org/ml-deploy/.github/workflows/watch.yml@refs/tags/v1.2.3",
        "acme/churn/.github/workflows/score.yml@refs/heads/main",
      ]
    }
    error_message = "Another repository, branch or workflow could take the role."
  }

  assert {
    condition     = length(aws_iam_openid_connect_provider.github) == 0
    error_message = "The account has a provider already, and a second one was made."
  }
}

run "trusts_each_role_to_the_workflows_that_have_its_job" {
  command = plan

  variables {
    ml_deploy_ref        = "0123456789abcdef0123456789abcdef01234567"
    ml_deploy_repository = "acme/ml-deploy"
  }

  assert {
    condition = jsonencode(local.workflow_refs) == jsonencode({
      release = [
        "acme/ml-deploy/.github/workflows/deploy.yml@0123456789abcdef0123456789abcdef01234567",
        "acme/ml-deploy/.github/workflows/reap.yml@0123456789abcdef0123456789abcdef01234567",
        "acme/ml-deploy/.github/workflows/watch.yml@0123456789abcdef0123456789abcdef01234567",
      ]
      plan     = ["acme/ml-deploy/.github/workflows/deploy.yml@0123456789abcdef0123456789abcdef01234567"]
      package  = ["acme/ml-deploy/.github/workflows/deploy.yml@0123456789abcdef0123456789abcdef01234567"]
      image    = ["acme/ml-deploy/.github/workflows/deploy.yml@0123456789abcdef0123456789abcdef01234567"]
      rollback = ["acme/ml-deploy/.github/workflows/rollback.yml@0123456789abcdef0123456789abcdef01234567"]
      smoke    = ["acme/ml-deploy/.github/workflows/watch.yml@0123456789abcdef0123456789abcdef01234567"]
    })
    error_message = "A role trusts another workflow, or another commit of it."
  }

  assert {
    condition     = [for key, attachment in local.attachments : attachment.policy if attachment.job == "release"] == ["deploy", "rollback", "smoke-target"]
    error_message = "The release may build."
  }
}

run "refuses_to_trust_every_workflow_unless_told" {
  command = plan

  variables {
    ml_deploy_ref = null
  }

  expect_failures = [aws_iam_role.job]
}

run "refuses_to_trust_a_tag_that_moves" {
  command = plan

  variables {
    ml_deploy_ref = "v1"
  }

  expect_failures = [var.ml_deploy_ref]
}

run "trusts_every_workflow_where_that_is_meant_and_one_role_does_it_all" {
  command = plan

  variables {
    ml_deploy_ref     = null
    any_workflow      = true
    one_role          = true
    oidc_provider_arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
  }

  assert {
    condition     = !strcontains(aws_iam_role.job["release"].assume_role_policy, "job_workflow_ref")
    error_message = "A workflow is asked for."
  }

  assert {
    condition     = length([for key, attachment in local.attachments : key if attachment.job == "release"]) == 5
    error_message = "One role does not suffice."
  }
}

run "gives_a_plan_nothing_to_change_with" {
  command = plan

  assert {
    condition     = [for key, attachment in local.attachments : attachment.policy if attachment.job == "plan"] == ["deploy-plan"]
    error_message = "The role for plans has other policies."
  }

  assert {
    condition     = !strcontains(aws_iam_policy.job["deploy-plan"].policy, "sagemaker:UpdateEndpoint")
    error_message = "A plan may change endpoints."
  }

  assert {
    condition     = !strcontains(join("", [for policy in aws_iam_policy.job : policy.policy]), "acme-models")
    error_message = "A name of the documentation's example is left in a policy."
  }
}

run "makes_no_endpoint_by_itself" {
  command = plan

  variables {
    autoscaling = { min_capacity = 2, max_capacity = 10, invocations_per_instance = 1000 }
  }

  assert {
    condition     = length(aws_sagemaker_endpoint.this) == 0 && length(aws_appautoscaling_target.endpoint) == 0
    error_message = "An endpoint was made without bootstrap."
  }
}

run "makes_the_endpoint_and_its_scaling_with_bootstrap" {
  command = plan

  variables {
    bootstrap   = { image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/base:1", model_data_url = "s3://models/first/model.tar.gz", instance_type = "ml.m5.xlarge", instance_count = 2 }
    autoscaling = { min_capacity = 2, max_capacity = 10, invocations_per_instance = 1000 }
  }

  assert {
    condition     = aws_appautoscaling_target.endpoint[0].resource_id == "endpoint/churn/variant/main"
    error_message = "Scaling is registered for something else."
  }
}

run "calls_the_alias_of_a_function_and_nothing_else" {
  command = plan

  variables {
    lambda_api = { function_name = "churn" }
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.api[0].policy).Statement[0].Resource == "arn:aws:lambda:eu-central-1:123456789012:function:churn:live"
    error_message = "The API may call something else."
  }

  assert {
    condition     = aws_apigatewayv2_route.lambda[0].authorization_type == "AWS_IAM"
    error_message = "Everybody may call the API."
  }
}

run "refuses_roles_that_nobody_could_take" {
  command = plan

  variables {
    branches = []
  }

  expect_failures = [aws_iam_role.job]
}

run "refuses_a_name_that_leaves_no_room_for_candidates" {
  command = plan

  variables {
    endpoint_name = "a-name-of-an-endpoint-that-is-much-too-long-for-candidates"
  }

  expect_failures = [var.endpoint_name]
}
