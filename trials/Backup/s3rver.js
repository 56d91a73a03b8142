// Runs the server that s3rver.sh has fetched, with one bucket, "backups", for whoever signs with S3RVER as the key's id and as the key: s3rver.js FOLDER DATA PORT
// Where there is a file DATA.reads-only, these credentials may do no more than read.
const [, , folder, directory, port] = process.argv
const { existsSync } = require('fs')
const S3rver = require(`${folder}/node_modules/@20minutes/s3rver`)

const server = new S3rver({ directory, port, address: '127.0.0.1', silent: true, vhostBuckets: false, configureBuckets: [{ name: 'backups', configs: [] }] })
server.middleware.unshift(async (context, next) => {
  if (['GET', 'HEAD'].includes(context.method) || !existsSync(`${directory}.reads-only`)) {
    return next()
  }
  context.status = 403
  context.type = 'application/xml'
  context.body = '<Error><Code>AccessDenied</Code><Message>these credentials may only read</Message></Error>'
})
server.run().then(() => console.log('it listens'))
