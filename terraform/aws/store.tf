# The artifact store: archives, references and release records. Nothing in it expires: a record is what an auditor reads, and
# an archive is what a rollback needs.
resource "aws_s3_bucket" "store" {
  # checkov:skip=CKV_AWS_18:Access logs need a second bucket that a team shares between accounts. CloudTrail data events tell the same.
  # checkov:skip=CKV_AWS_144:Endpoints read archives in their own region. A copy in another region serves nobody.
  # checkov:skip=CKV2_AWS_62:Nothing listens to the objects of the store.
  # checkov:skip=CKV_AWS_145:kms_key_arn encrypts with a key of yours. The default is AES256.
  bucket = local.bucket
  tags   = local.tags

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_versioning" "store" {
  bucket = aws_s3_bucket.store.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "store" {
  bucket = aws_s3_bucket.store.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = var.kms_key_arn == null ? "AES256" : "aws:kms"
      kms_master_key_id = var.kms_key_arn
    }
    bucket_key_enabled = var.kms_key_arn != null
  }
}

resource "aws_s3_bucket_public_access_block" "store" {
  bucket = aws_s3_bucket.store.id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_lifecycle_configuration" "store" {
  bucket = aws_s3_bucket.store.id

  rule {
    id     = "uploads-that-were-cut-short"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}

resource "aws_s3_bucket_policy" "store" {
  bucket = aws_s3_bucket.store.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OverTlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource = [
        "arn:${local.partition}:s3:::${local.bucket}",
        "arn:${local.partition}:s3:::${local.bucket}/*",
      ]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })

  # Two changes of a bucket's access at once are refused.
  depends_on = [aws_s3_bucket_public_access_block.store]
}
