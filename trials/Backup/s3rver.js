// Runs the server that s3rver.sh has fetched, with one bucket, "backups", for whoever signs with S3RVER as the key's id and as the key: s3rver.js FOLDER DATA PORT
const [, , folder, directory, port] = process.argv
const S3rver = require(`${folder}/node_modules/@20minutes/s3rver`)

new S3rver({ directory, port, address: '127.0.0.1', silent: true, vhostBuckets: false, configureBuckets: [{ name: 'backups', configs: [] }] })
  .run()
  .then(() => console.log('it listens'))
