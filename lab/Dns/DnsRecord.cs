namespace Lab.Dns;

/// <summary>A name and one of its addresses.</summary>
/// <param name="Name">The full name, without a final dot.</param>
/// <param name="Address">An IPv4 address.</param>
public sealed record DnsRecord(string Name, string Address);
