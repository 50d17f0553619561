export declare const launch: { execArgv: string[]; env: Record<string, string> }
