output "endpoint_name" {
  description = "The endpoint."
  value       = aws_sagemaker_endpoint.this.name
}

output "serving" {
  description = "The version that serves, as Terraform knows it."
  value       = aws_sagemaker_endpoint.this.endpoint_config_name
}
