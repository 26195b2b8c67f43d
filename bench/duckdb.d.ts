/** As much of DuckDB's client as the benchmark uses: it is installed in this folder alone. */
declare module '@duckdb/node-api' {
  interface Reader {
    getRows(): readonly (readonly unknown[])[];
  }
  interface Connection {
    runAndReadAll(sql: string): Promise<Reader>;
  }
  interface Instance {
    connect(): Promise<Connection>;
  }
  export const DuckDBInstance: { create(path: string): Promise<Instance> };
}
