# Nothing of AWS is asked: the provider is a mock with the real schema.
mock_provider "aws" {}

variables {
  ml_deploy = {
    endpoint = "churn"
    serving  = "churn-0123456789abcdef"
    versions = {
      churn-0123456789abcdef = {
        image              = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/churn@sha256:0"
        model_data_url     = "s3://models/two/model.tar.gz"
        execution_role_arn = "arn:aws:iam::123456789012:role/serving"
        variant_name       = "main"
        instance_type      = "ml.m5.large"
        instance_count     = 1
      }
      churn-fedcba9876543210 = {
        image                  = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/churn@sha256:1"
        model_data_url         = "s3://models/one/files/"
        model_data_is_files    = true
        execution_role_arn     = "arn:aws:iam::123456789012:role/serving"
        variant_name           = "main"
        serverless_memory_mb   = 2048
        serverless_concurrency = 5
      }
    }
  }
}

run "makes_a_model_and_a_config_for_each_version" {
  command = plan

  assert {
    condition     = aws_sagemaker_endpoint.this.endpoint_config_name == "churn-0123456789abcdef" && length(aws_sagemaker_model.version) == 2
    error_message = "Another version serves."
  }

  assert {
    condition     = aws_sagemaker_model.version["churn-fedcba9876543210"].primary_container[0].model_data_source[0].s3_data_source[0].s3_data_type == "S3Prefix"
    error_message = "Files are taken for an archive."
  }

  assert {
    condition     = length(aws_appautoscaling_target.this) == 0
    error_message = "It scales without having been asked to."
  }
}

run "scales_where_that_is_asked_for" {
  command = plan

  variables {
    autoscaling = { min_capacity = 2, max_capacity = 10, invocations_per_instance = 1000 }
  }

  assert {
    condition     = aws_appautoscaling_target.this[0].resource_id == "endpoint/churn/variant/main"
    error_message = "Scaling is registered for something else."
  }
}

run "refuses_to_serve_what_is_not_among_the_versions" {
  command = plan

  variables {
    ml_deploy = { endpoint = "churn", serving = "churn-1111111111111111", versions = {} }
  }

  expect_failures = [var.ml_deploy]
}
